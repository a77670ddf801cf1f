import { ArgumentMetadata, Injectable, PipeTransform, Type } from '@nestjs/common';
import { isOptionalBody } from './optional-body.decorator';
import { validateInput } from './validate-input';

const NOT_VALIDATED: readonly unknown[] = [String, Number, Boolean, Object, Array];

/** Global: whatever a handler takes as `@Body()`, `@Query()` or `@Param()` of a class has passed the rules of that class. */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === undefined || NOT_VALIDATED.includes(metatype)) return value;
    const given = value === undefined && isOptionalBody(metatype) ? {} : value;
    return validateInput(metatype as Type<object>, given);
  }
}
