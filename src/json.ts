/** Any JSON value, as parsed. Strangers' answers enter as this and leave through a zod schema. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}
