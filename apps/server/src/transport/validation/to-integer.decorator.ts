const KEY = Symbol('to integer');
const INTEGER = /^-?\d{1,16}$/;

/** For fields of queries, which are always text. What is no safe integer stays as it is, for the rules to refuse. */
export const ToInteger = (): PropertyDecorator => Reflect.metadata(KEY, true);

/** Whether a field of the class is marked, there or in a class that it extends. */
export function isToBeInteger(type: { readonly prototype: object }, field: string): boolean {
  return Reflect.getMetadata(KEY, type.prototype, field) === true;
}

export function toInteger(value: unknown): unknown {
  return typeof value === 'string' && INTEGER.test(value) && Number.isSafeInteger(Number(value))
    ? Number(value)
    : value;
}
