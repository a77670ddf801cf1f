import { Injectable } from '@nestjs/common';
import { Metrics, ServiceBusy } from '@app/platform';

/**
 * What comes in by itself. Each kind waits for its own turn: a thousand who want to connect are in the way neither of
 * those who are half way in, nor of requests.
 */
const KINDS = ['connection', 'upgrade', 'connect', 'request'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What is begun in one turn takes so long, and as long as the last of it takes: often it is one newcomer. A message
 * takes three turns to pass, and each of them is as long as this and all that newcomers who have begun still do in it.
 */
const SLICE_MS = 0.5;
/** Between two slices, so many turns are left to frames of who is in: in two, one that was read has been told. */
const MAX_TURNS_GIVEN = 2;
/** And no more than this: where turns are long, frames without end would leave little to newcomers. */
const MAX_GIVEN_MS = 5;
/** Of a kind. More would only wait until they give up. */
const MAX_WAITING = 5000;

/** Libraries put what follows off to the next tick, and some of that puts off more. */
const SETTLING_ROUNDS = 3;

interface Newcomer {
  readonly begin: () => void;
}

/** What tells that it is gone: a socket, an Engine.IO connection. */
interface Closing {
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

/**
 * Lets newcomers begin little by little: in a turn of the event loop so many as take {@link SLICE_MS}, and the others in
 * the turns that follow. Between them everybody else is served, who would have to wait for all of them otherwise.
 * On a server that has time, all begin at once.
 */
@Injectable()
export class Pace {
  private readonly waiting = new Map<Kind, Set<Newcomer>>(KINDS.map((kind) => [kind, new Set()]));
  private nextKind = 0;
  private usedMs = 0;
  private isBeginning = false;
  private isTurnCounted = false;
  private hasFrames = false;
  private turnsGiven = 0;
  private lastBegunAtMs = -Infinity;

  constructor(private readonly metrics: Metrics) {}

  /**
   * @param client nothing is begun for one that closes before its turn
   * @param begin called now or in a later turn. Whatever it does before it waits for something real is done in that turn
   * @throws ServiceBusy when too many wait
   */
  enter(kind: Kind, client: Closing, begin: () => void): void {
    const newcomers = this.newcomersOf(kind);
    if (newcomers.size >= MAX_WAITING) this.refuse(kind, `${MAX_WAITING} others are waiting to be let in`);
    const giveUp = (): void => this.forget(kind, newcomer);
    const newcomer: Newcomer = {
      begin: () => {
        client.off('close', giveUp);
        begin();
      },
    };
    client.once('close', giveUp);
    newcomers.add(newcomer);
    this.metrics.waitingNewcomers.set({ kind }, newcomers.size);
    this.beginNext();
  }

  /**
   * Counts one that is not let in.
   * @param why the beginning of a sentence
   * @throws ServiceBusy
   */
  refuse(kind: Kind, why: string): never {
    this.metrics.refusedNewcomers.inc({ kind });
    throw new ServiceBusy(`${why}; try again in a moment.`, 2);
  }

  /** To be called when a frame comes from somebody who is in: of those who wait, none begins in its way. */
  giveWay(): void {
    this.hasFrames = true;
  }

  private beginNext(): void {
    if (this.isBeginning || this.usedMs >= SLICE_MS) return;
    const newcomer = this.takeNext();
    if (!newcomer) return;
    this.countTurn();
    this.isBeginning = true;
    const sinceMs = performance.now();
    afterSettling(SETTLING_ROUNDS, () => this.noteUse(performance.now() - sinceMs));
    newcomer.begin();
  }

  private noteUse(ms: number): void {
    this.isBeginning = false;
    this.usedMs += ms;
    this.lastBegunAtMs = performance.now();
    this.beginNext();
  }

  private countTurn(): void {
    if (this.isTurnCounted) return;
    this.isTurnCounted = true;
    setImmediate(() => this.endTurn());
  }

  private endTurn(): void {
    if (this.isGivingWay) {
      this.turnsGiven++;
      setImmediate(() => this.endTurn());
      return;
    }
    this.hasFrames = false;
    this.turnsGiven = 0;
    this.usedMs = 0;
    this.isTurnCounted = false;
    this.beginNext();
  }

  private get isGivingWay(): boolean {
    if (!this.hasFrames || this.turnsGiven >= MAX_TURNS_GIVEN) return false;
    return performance.now() - this.lastBegunAtMs < MAX_GIVEN_MS;
  }

  /** One of each kind in turns. */
  private takeNext(): Newcomer | undefined {
    for (let tries = 0; tries < KINDS.length; tries++) {
      const kind = KINDS[this.nextKind++ % KINDS.length] as Kind;
      const [newcomer] = this.newcomersOf(kind);
      if (!newcomer) continue;
      this.forget(kind, newcomer);
      return newcomer;
    }
    return undefined;
  }

  private forget(kind: Kind, newcomer: Newcomer): void {
    const newcomers = this.newcomersOf(kind);
    newcomers.delete(newcomer);
    this.metrics.waitingNewcomers.set({ kind }, newcomers.size);
  }

  private newcomersOf(kind: Kind): Set<Newcomer> {
    return this.waiting.get(kind) as Set<Newcomer>;
  }
}

/** Calls back in this turn, when no promise has anything left to do in it, nor what was put off to its ticks. */
function afterSettling(rounds: number, callback: () => void): void {
  if (rounds === 0) callback();
  else queueMicrotask(() => process.nextTick(() => afterSettling(rounds - 1, callback)));
}
