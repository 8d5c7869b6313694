// SPDX-License-Identifier: Apache-2.0
// Registers a schema, reads lines of JSON from stdin and writes each as a line of hexadecimal: the
// record in Confluent wire format. Usage: node encode.js REGISTRY_URL SUBJECT SCHEMA_FILE
const fs = require('fs')
const readline = require('readline')
const { SchemaRegistry, SchemaType } = require('@kafkajs/confluent-schema-registry')

async function main() {
  const [host, subject, schemaFile] = process.argv.slice(2)
  const registry = new SchemaRegistry({ host })
  const schema = fs.readFileSync(schemaFile, 'utf8')
  const { id } = await registry.register({ type: SchemaType.AVRO, schema }, { subject })
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const bytes = await registry.encode(id, JSON.parse(line))
    process.stdout.write(bytes.toString('hex') + '\n')
  }
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
