/** Packets of Socket.IO as texts. @see https://github.com/socketio/socket.io-protocol#packet-encoding */

/** @param json the event's one argument */
export function eventPacket(namespace: string, event: string, json: string): string {
  return `2${prefixOf(namespace)}[${JSON.stringify(event)},${json}]`;
}

/** @param packetId of the event that is answered */
export function answerPacket(namespace: string, packetId: number, answer: readonly unknown[]): string {
  return `3${prefixOf(namespace)}${packetId}${JSON.stringify(answer)}`;
}

function prefixOf(namespace: string): string {
  return namespace === '/' ? '' : `${namespace},`;
}
