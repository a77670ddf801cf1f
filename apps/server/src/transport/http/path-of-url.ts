/** The path of a request target, without its query: what may be logged and compared. */
export function pathOfUrl(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}
