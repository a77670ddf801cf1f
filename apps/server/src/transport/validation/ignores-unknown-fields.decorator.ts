import { Reflector } from '@nestjs/core';

const IgnoresUnknownFieldsMark = Reflector.createDecorator<true>();

/** Marks the class of an input of a dialect whose clients send fields that mean nothing here: these are dropped, not refused. */
export const IgnoresUnknownFields = () => IgnoresUnknownFieldsMark(true);

export function ignoresUnknownFields(type: object): boolean {
  return Reflect.getMetadata(IgnoresUnknownFieldsMark.KEY, type) === true;
}
