/** The path of a request target, without its query: what may be logged and compared. */
export function pathOfUrl(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

/** The path as the router reads it: `%61uth` is `auth` there, and `%2F` no slash. As it came, if it can't be read. */
export function routedPathOf(url: string | undefined): string {
  const path = pathOfUrl(url);
  if (!path.includes('%')) return path;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
