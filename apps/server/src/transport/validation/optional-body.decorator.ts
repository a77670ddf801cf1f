import { Reflector } from '@nestjs/core';

const OptionalBodyMark = Reflector.createDecorator<true>();

/** Marks the class of a body that may be left out: no body is then the same as `{}`. */
export const OptionalBody = () => OptionalBodyMark(true);

export function isOptionalBody(type: object): boolean {
  return Reflect.getMetadata(OptionalBodyMark.KEY, type) === true;
}
