// Reads every table of a data package with tableschema: types, constraints, headers. Arguments: FOLDER.
const fs = require('fs'), path = require('path')
const {Table} = require('tableschema')
async function main(folder) {
    const errors = []
    const pack = JSON.parse(fs.readFileSync(path.join(folder, 'datapackage.json')))
    for (const resource of pack.resources) {
        const table = await Table.load(path.join(folder, resource.path), {schema: resource.schema, strict: true})
        if (!table.schema.valid)
            errors.push(...table.schema.errors.map(e => `${resource.name}: ${e.message}`))
        try {
            const rows = await table.read({forceCast: true})
            const bad = rows.filter(row => row instanceof Error)
            errors.push(...bad.slice(0, 5).map(e => `${resource.name}: row ${e.rowNumber}: ${(e.errors || [e]).map(x => x.message).join('; ')}`))
            console.log(`${resource.name}: ${rows.length} rows, ${table.schema.fields.length} fields`)
        } catch (error) {
            errors.push(`${resource.name}: ${error.message}`)
        }
    }
    errors.forEach(error => console.log(error))
    return errors.length ? 1 : 0
}
main(process.argv[2]).then(code => process.exit(code), error => { console.log(error.stack); process.exit(2) })
