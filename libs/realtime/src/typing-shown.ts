import { Injectable, OnModuleDestroy } from '@nestjs/common';
import type { ChatHint } from './realtime.events';

/** A start is renewed by its node well before this, as long as the person types; else that node is gone. */
const SHOWN_MS = 10_000;
/** More people typing are shown, too; but nobody makes up for it if their nodes die. */
const MAX_SHOWN = 10_000;

/** Whom this node's sockets see typing: so that each start and stop is told once, and ends also if its node has died. */
@Injectable()
export class TypingShown implements OnModuleDestroy {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private tellStopped: (hint: ChatHint) => void = () => undefined;

  /** Who is told when a start was neither renewed nor stopped. */
  onOverdue(tellStopped: (hint: ChatHint) => void): void {
    this.tellStopped = tellStopped;
  }

  /** @returns true if it is new */
  start(hint: ChatHint): boolean {
    const key = keyOf(hint);
    const timer = this.timers.get(key);
    if (timer) {
      timer.refresh();
      return false;
    }
    if (this.timers.size < MAX_SHOWN) {
      const expire = () => {
        this.timers.delete(key);
        this.tellStopped({ ...hint, at: new Date(hint.at.getTime() + SHOWN_MS) });
      };
      this.timers.set(key, setTimeout(expire, SHOWN_MS).unref());
    }
    return true;
  }

  /** @returns true if it was shown until now */
  stop(hint: ChatHint): boolean {
    const timer = this.timers.get(keyOf(hint));
    clearTimeout(timer);
    return this.timers.delete(keyOf(hint)) || this.timers.size >= MAX_SHOWN;
  }

  onModuleDestroy(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}

function keyOf({ chatId, userId }: ChatHint): string {
  return `${chatId}:${userId}`;
}
