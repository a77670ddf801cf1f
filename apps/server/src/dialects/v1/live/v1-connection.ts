import type { LiveConnection } from '@app/realtime';
import { Inbox } from '../../../transport/sockets/inbox';

/** A socket of this dialect, raw or Socket.IO: the two differ in framing only. */
export interface V1Connection extends LiveConnection {
  readonly inbox: Inbox;
  readonly isClosed: boolean;
}
