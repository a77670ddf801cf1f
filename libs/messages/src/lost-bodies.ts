import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '@app/platform';
import { MessageBodyMissing } from './messages.errors';

/** The alarm for a pointer without a body, which no crash of ours can bring about: data was damaged or restored in part. */
@Injectable()
export class LostBodies {
  private readonly logger = new Logger(LostBodies.name);

  constructor(private readonly metrics: Metrics) {}

  /**
   * Counts and logs it.
   * @returns what to throw if the message is all that was asked for
   */
  raise({ id: messageId, bodyId }: { readonly id: number; readonly bodyId: number | null }): MessageBodyMissing {
    this.metrics.danglingBodies.inc();
    this.logger.error({ messageId, bodyId }, 'a message points to a body that is not there');
    return new MessageBodyMissing(messageId);
  }
}
