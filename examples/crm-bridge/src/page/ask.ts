/** Asks the service; what it refuses is thrown with its own sentence. */
export const ask = async <A>(path: string, options: RequestInit = {}): Promise<A> => {
  const response = await fetch(path, options)
  const answer: A & { readonly error?: string } = await response.json()
  if (!response.ok) throw new Error(answer.error ?? `the service answered ${response.status}`)
  return answer
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
