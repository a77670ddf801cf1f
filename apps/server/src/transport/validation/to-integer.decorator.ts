import { Transform } from 'class-transformer';

const INTEGER = /^-?\d{1,16}$/;

/** For fields of queries, which are always text. What is no safe integer stays as it is, for the rules to refuse. */
export const ToInteger = () => Transform(({ value }: { value: unknown }) => (isInteger(value) ? Number(value) : value));

function isInteger(value: unknown): boolean {
  return typeof value === 'string' && INTEGER.test(value) && Number.isSafeInteger(Number(value));
}
