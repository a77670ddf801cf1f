import type { Greeting } from '@app/realtime';
import { SocketIoConnection } from '../../../transport/sockets/socket-io-connection';
import type { V1Connection } from '../live/v1-connection';

/** A connection to the namespace `/v1`. */
export class V1SocketIoConnection extends SocketIoConnection implements V1Connection {
  greet({ userId }: Greeting): void {
    this.socket.emit('connected', { type: 'connected', user_id: userId });
  }
}
