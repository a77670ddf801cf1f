import { Transform } from 'class-transformer';

/** Sixteen digits hold every safe integer; whether a number is one is for the rules to say. */
const INTEGER = /^-?\d{1,16}$/;

/** For fields of queries, which are always text. What is no whole number stays as it is, for the rules to refuse. */
export const ToInteger = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && INTEGER.test(value) ? Number(value) : value,
  );
