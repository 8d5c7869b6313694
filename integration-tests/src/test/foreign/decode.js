// SPDX-License-Identifier: Apache-2.0
// Reads records in Confluent wire format from stdin, each behind its length as four bytes, big end
// first, and writes each as a line of JSON. Usage: node decode.js REGISTRY_URL
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')

async function main() {
  const registry = new SchemaRegistry({ host: process.argv[2] })
  const chunks = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  const input = Buffer.concat(chunks)
  for (let at = 0; at < input.length; ) {
    const end = at + 4 + input.readUInt32BE(at)
    const value = await registry.decode(input.subarray(at + 4, end))
    process.stdout.write(JSON.stringify(value) + '\n')
    at = end
  }
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
