/** A JSON string as a whole answer: what is a string already would else be sent as it is, without its quotes. */
export function jsonText(sentence: string): string {
  return JSON.stringify(sentence);
}
