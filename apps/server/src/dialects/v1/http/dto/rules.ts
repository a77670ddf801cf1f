import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsInt, Max, Min, ValidateIf } from 'class-validator';

/** Longest list that a request may hold. What makes sense is decided by the use cases: a group has 100 members. */
export const MAX_LIST_LENGTH = 1000;

/** A whole number from 1 to the largest that JSON carries exactly. */
export function IsId(): PropertyDecorator {
  return applyDecorators(IsInt(), Min(1), Max(Number.MAX_SAFE_INTEGER));
}

/** A position in the sequence of a chat: 0 stands before everything. */
export function IsSeq(): PropertyDecorator {
  return applyDecorators(IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER));
}

export function IsIdList(maxItems = MAX_LIST_LENGTH): PropertyDecorator {
  const each = { each: true };
  return applyDecorators(
    IsArray(),
    ArrayMaxSize(maxItems),
    IsInt(each),
    Min(1, each),
    Max(Number.MAX_SAFE_INTEGER, each),
  );
}

/** The field may be left out, but is never null. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}
