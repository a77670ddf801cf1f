/** A store that the settings name can't be used when the server starts; `message` is all that an operator needs to see. */
export class StoreUnreachable extends Error {
  /**
   * @param setting the variable to look at
   * @param address where the store should be, without a password
   * @param cause what failed
   */
  constructor(setting: string, address: string, cause: unknown) {
    super(`${setting} names ${address}, which can not be used: ${reasonOf(cause)}`, { cause });
    this.name = 'StoreUnreachable';
  }
}

/** Of an address that was tried in several ways, the error has a code but no message. */
function reasonOf(cause: unknown): string {
  const { message, code } = cause as NodeJS.ErrnoException;
  return message || code || String(cause);
}
