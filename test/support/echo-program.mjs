// Stands for a program: says its words and what stands in the file that the last one names, as an error, as a broken chain does.
import { readFileSync } from 'node:fs'

const words = process.argv.slice(2)
console.error(`${words.join(' ')}: ${readFileSync(words.at(-1) ?? '', 'utf8').trim()}`)
process.exitCode = 1
