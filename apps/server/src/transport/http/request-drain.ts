import { BeforeApplicationShutdown, Injectable, OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Server } from 'node:http';
import { PacedConnections } from '../pacing/paced-connections';

const MAX_WAIT_MS = 5000;

/** HTTP's part of an orderly end: nobody new comes in, and requests under way are answered before anything is closed. */
@Injectable()
export class RequestDrain implements OnModuleDestroy, BeforeApplicationShutdown {
  private underWay = 0;
  private isStopping = false;
  private onIdle: () => void = () => undefined;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly connections: PacedConnections,
  ) {}

  watch(server: FastifyInstance): void {
    server.addHook('onRequest', (_request, reply, done) => {
      this.underWay++;
      // Counted down when the response has left, or can't any more: this comes exactly once.
      reply.raw.once('close', () => this.finished());
      done();
    });
    server.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.isStopping) void reply.header('connection', 'close');
      done();
    });
  }

  /** The first thing of all: whoever hears that the server stops finds it closed. */
  onModuleDestroy(): void {
    this.isStopping = true;
    const server = this.adapterHost.httpAdapter.getHttpServer() as Server;
    server.close();
    server.closeIdleConnections();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.connections.drain();
    if (this.underWay === 0) return;
    await new Promise<void>((resolve) => {
      this.onIdle = resolve;
      setTimeout(resolve, MAX_WAIT_MS).unref();
    });
  }

  private finished(): void {
    this.underWay--;
    if (this.underWay === 0) this.onIdle();
  }
}
