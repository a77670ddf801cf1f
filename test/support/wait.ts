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

/** For what no event tells of: asks again until `holds`, a few times a second, and gives the last answer in any case. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  holds: (value: Value) => boolean,
  patienceMs = 5000,
): Promise<Value> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const value = await ask();
    if (holds(value) || performance.now() > until) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
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
