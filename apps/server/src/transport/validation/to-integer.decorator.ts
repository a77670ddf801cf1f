import { Transform } from 'class-transformer';

/** Fifteen digits are always a safe integer. */
const INTEGER = /^-?\d{1,15}$/;

/** For fields of queries, which are always text. What is no whole number stays as it is, for the rules to refuse. */
export const ToInteger = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && INTEGER.test(value) ? Number(value) : value,
  );
