import type { Context } from 'hono'

/** Every error is `{ error: sentence }`. */
export const refuse = (c: Context, status: 400 | 401 | 403 | 404 | 409 | 415 | 422 | 429 | 500 | 502 | 503 | 504, error: string): Response => c.json({ error }, status)

/** A whole number of the query within its limits. */
export const numberOf = (text: string | undefined, otherwise: number, most: number): number =>
  text !== undefined && /^\d{1,16}$/.test(text) ? Math.min(Number(text), most) : otherwise

/** A body of JSON. Another content type is refused: a form on somebody else's page could send that in our user's name. */
export const jsonBody = async (c: Context): Promise<{ readonly json: unknown } | { readonly wrong: Response }> => {
  const [type = ''] = (c.req.header('content-type') ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') return { wrong: refuse(c, 415, 'a body is application/json') }
  try {
    const json: unknown = await c.req.json()
    return { json }
  } catch {
    return { wrong: refuse(c, 400, 'the body is not JSON') }
  }
}
