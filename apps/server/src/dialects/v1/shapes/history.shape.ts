import { ApiSchema } from '@nestjs/swagger';
import type { HistoryCursor, HistorySlice } from '@app/messages';
import { IdField } from './fields';
import type { UrlOf } from './media.shape';
import { messageToWire, MessageWire } from './message.shape';
import { pageSchemaOf, pageToWire, PageWire } from './page.shape';

@ApiSchema({
  name: 'MessageHistory',
  description: 'A page of messages. Asked for with a cursor, it says where to read on; `page` is then 1.',
})
export class HistoryWire extends pageSchemaOf(MessageWire) {
  @IdField('Only after `?before=`: the next `before`; null when the oldest message is here.', {
    required: false,
    nullable: true,
    example: 23,
  })
  next_before?: number | null;

  @IdField('Only after `?after=`: the next `after`; null when the newest message is here.', {
    required: false,
    nullable: true,
    example: 61,
  })
  next_after?: number | null;
}

export function historyToWire(slice: HistorySlice, urlOf: UrlOf, cursor?: HistoryCursor): HistoryWire {
  const page: PageWire<MessageWire> = pageToWire(slice, (message) => messageToWire(message, urlOf));
  if (cursor === undefined) return page;
  const next = slice.next ?? null;
  return 'before' in cursor ? { ...page, next_before: next } : { ...page, next_after: next };
}
