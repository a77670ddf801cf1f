/**
 * The default namespace of Socket.IO, `/`, which several dialects share. It is also served under the names `/socket.io`
 * and `/socket.io/`: the JavaScript client takes the path of an address such as `http://host/socket.io` for a namespace.
 *
 * It knows no dialect. A dialect is a {@link NamespaceDialect} that registers with {@link DefaultNamespace} when its
 * module starts, and brings the table of its events; without any, nobody is let in. So each dialect can be removed by
 * itself.
 *
 * - **Coming in.** A connection without a good token is refused. One that is let in counts once, whatever it speaks,
 *   and then every dialect may greet it (`greet`).
 * - **What it speaks.** A socket begins in the dialect with `isFirst` (without one: the first that registered), changes
 *   to another one with the first event that it sends of that one's table, and stays there.
 * - **What it hears.** Frames of a chat go to the sockets that speak the dialect (`broadcast`): with `hearsEveryChat` to
 *   all of its members' sockets, else to those that tuned in (`NamespaceConnection.tuneIn`). Frames for a person go to
 *   all of his or her sockets, whatever they speak (`tellUser`).
 * - **What it sends.** All events come in by one listener and are carried out in the order in which the socket sent
 *   them, within the limits of its user. What goes wrong is answered by an event `error` `{message}` and by the
 *   acknowledgement, if one was asked for, `{ok: false, message}`; the dialect words the sentence (`sentenceOf`).
 *
 * Chats come to a dialect by `LiveFeed.register`, as to any other: it then calls `broadcast`.
 */
export * from './default-namespace';
export * from './namespace-dialect';
