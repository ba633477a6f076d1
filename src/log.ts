/** What the process says to its operators: one JSON line each (pino's shape). Never secrets; foreign text only inside fields. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
