/** Fails if `promise` takes longer; `what` says what was waited for, when it is needed. */
export async function within<Value>(
  patienceMs: number,
  promise: Promise<Value>,
  what: string | (() => string),
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`waited ${patienceMs} ms for ${typeof what === 'string' ? what : what()}`));
    }, patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A promise and the function that resolves it. */
export function signal<Value = void>(): { readonly promise: Promise<Value>; readonly give: (value: Value) => void } {
  let give: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((resolve) => (give = resolve));
  return { promise, give };
}

/** A whole number from `min` to `max`, both included. */
export function randomBetween(min: number, max: number): number {
  return min + Math.floor(Math.random() * (max - min + 1));
}
