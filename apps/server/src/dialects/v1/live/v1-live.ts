import { Injectable, OnModuleInit } from '@nestjs/common';
import type { DomainEvent } from '@app/platform';
import { CameOnline, LiveDialect, LiveFeed, TypingStarted, TypingStopped, WentOffline } from '@app/realtime';
import { FrameShapes } from '../shapes/frames';
import { EncodedFrame } from './encoded-frame';

/** A transport of this dialect: sends a frame to its sockets that hear a chat. */
export interface V1Door {
  /** @param exceptUserId whose sockets are left out */
  broadcast(chatId: number, frame: EncodedFrame, exceptUserId: number | undefined): void;
}

/** Turns what happens in chats into this dialect's frames: once each, however many sockets get it. */
@Injectable()
export class V1Live implements LiveDialect, OnModuleInit {
  private readonly doors: V1Door[] = [];

  constructor(
    private readonly feed: LiveFeed,
    private readonly shapes: FrameShapes,
  ) {}

  onModuleInit(): void {
    this.feed.register(this);
  }

  addDoor(door: V1Door): void {
    this.doors.push(door);
  }

  deliver(chatId: number, event: DomainEvent): void {
    const frame = new EncodedFrame(this.shapes.frameOf(event));
    const exceptUserId = originOf(event);
    for (const door of this.doors) door.broadcast(chatId, frame, exceptUserId);
  }
}

/** Nobody is told of their own coming, going and typing. */
const PERSONAL = new Set([CameOnline, WentOffline, TypingStarted, TypingStopped].map(({ eventName }) => eventName));

function originOf({ name, data }: DomainEvent): number | undefined {
  return PERSONAL.has(name) ? (data as { userId: number }).userId : undefined;
}
