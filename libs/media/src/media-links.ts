import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Actor, Clock, Config } from '@app/platform';
import { Sessions } from '@app/users';
import { MediaLinkInvalid } from './media.errors';

const HOUR_SECONDS = 3600;
/** Links that are made within so many seconds are the same, so that a browser finds in its cache what it has. */
const STEP_SECONDS = 300;
const KEY_BYTES = 32;

const SIGNATURE = /^([1-9]\d{0,15})\.([\w-]{1,64})\.([1-9]\d{9,11})\.([\w-]{43})$/;

/**
 * Signs addresses of files for places that can send no token, such as `<img>`. A signature speaks for one log-in and one file,
 * for an hour and up to five minutes. It opens nothing by itself: who may have the file is asked at each use.
 */
@Injectable()
export class MediaLinks {
  private readonly key: Buffer;

  constructor(
    config: Config,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', config.keys.sign, '', 'links to media', KEY_BYTES));
  }

  /** Of characters that need no escaping in a query. */
  sign(mediaId: number, { userId, sessionId }: Actor): string {
    const goodUntil = this.nowSeconds() + HOUR_SECONDS;
    const expires = Math.ceil(goodUntil / STEP_SECONDS) * STEP_SECONDS;
    return [userId, sessionId, expires, this.codeOf(mediaId, userId, sessionId, expires)].join('.');
  }

  /**
   * For whom a link was made.
   * @throws MediaLinkInvalid, InvalidToken if the log-in is over
   */
  async requireActor(mediaId: number, signature: string): Promise<Actor> {
    const [, userText = '', sessionId = '', expiresText = '', code = ''] = SIGNATURE.exec(signature) ?? [];
    const [userId, expires] = [Number(userText), Number(expiresText)];
    const expected = this.codeOf(mediaId, userId, sessionId, expires);
    const isGenuine = code.length === expected.length && timingSafeEqual(Buffer.from(code), Buffer.from(expected));
    if (!isGenuine || expires < this.nowSeconds()) throw new MediaLinkInvalid();
    const actor = { userId, sessionId };
    await this.sessions.requireLive(actor);
    return actor;
  }

  private codeOf(mediaId: number, userId: number, sessionId: string, expires: number): string {
    const text = `${mediaId} ${userId} ${sessionId} ${expires}`;
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}
