/** Jest's matchers, without the type that would take every mistake. */

export function anyOf(type: typeof String | typeof Number): unknown {
  return expect.any(type);
}

export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

export function having(fields: object): unknown {
  return expect.objectContaining(fields);
}

export function including(items: unknown[]): unknown {
  return expect.arrayContaining(items);
}
