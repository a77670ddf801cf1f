import { ArgumentMetadata, Injectable, PipeTransform } from '@nestjs/common';
import { InvalidInput } from '@app/platform';
import { describeGiven } from './describe-given';

const ID = /^[1-9]\d{0,15}$/;

/** An id in the path: `@Param('chat_id', ParseIdPipe) chatId: number`. */
@Injectable()
export class ParseIdPipe implements PipeTransform<string, number> {
  /** @throws InvalidInput naming the parameter, unless it is a whole number from 1 to 2^53 - 1 */
  transform(value: string, { data: name = 'id' }: ArgumentMetadata): number {
    const id = ID.test(value) ? Number(value) : NaN;
    if (Number.isSafeInteger(id)) return id;
    const given = describeGiven(name, value);
    throw InvalidInput.field(name, 'not_an_id', `${name}: must be a positive whole number, but ${given} was given.`);
  }
}
