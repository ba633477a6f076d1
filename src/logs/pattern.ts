import type { Entry } from './entry.ts'

const looked = 2_000
const patternLength = 160

const jsonMessage = /"(?:msg|message|error|err|text)"\s{0,3}:\s{0,3}"((?:[^"\\]|\\.){1,500})"/
const logfmtMessage = /\b(?:msg|message|error|err)=(?:"((?:[^"\\]|\\.){1,500})"|(\S{1,300}))/
/** Date, time, level, thread and the like before the message. */
const preface =
  /^(?:[IWEF]\d{4} \S{1,20}\s{1,10}\d{1,10} \S{1,80}\] |(?:[[(]?\d[\d:.,T/+Z-]{3,40}[\])]?\s{1,3}){0,3}(?:\[?[A-Z]{3,8}\]?:?\s{1,5})?)/

/** What an error has in common with others of its kind: the message, without what differs from case to case. */
export function patternOf({ text }: Pick<Entry, 'text'>): string {
  const head = text.slice(0, looked)
  const [, quoted, bare] = logfmtMessage.exec(head) ?? []
  const message = (head.startsWith('{') ? jsonMessage.exec(head)?.[1] : (quoted ?? bare)) ?? head.replace(preface, '')
  return message
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '*')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, '*')
    .replace(/\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]{8,64}\b/gi, '*')
    .replace(/"[^"]{1,200}"|'[^']{1,200}'/g, '"*"')
    .replace(/\d+(?:\.\d+)?/g, '*')
    .slice(0, patternLength)
    .trim()
}
