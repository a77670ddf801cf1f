/** The address without what must not be seen in logs: user, password, and options that could hold either. */
export function showRedisAddress(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return 'an address that can not be read';
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
