import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How often the lag of the event loop is looked at. Each look wakes the process: the default of 10 ms costs an idle one 0.5 % of a core. */
const LOOP_SAMPLE_MS = 100;

/**
 * What the service counts about itself, for Prometheus. Every instrument is declared here,
 * so that its name and labels can be looked up in one place.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'chat_http_request_duration_seconds',
    help: 'Duration of HTTP requests by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  readonly commitDuration = new Histogram({
    name: 'chat_commit_duration_seconds',
    help: 'Duration of commits of the chat log.',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers: [this.registry],
  });

  readonly commitBatchSize = new Histogram({
    name: 'chat_commit_batch_size',
    help: 'Writes that went to disk in one commit.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers: [this.registry],
  });

  readonly pendingWrites = new Gauge({
    name: 'chat_pending_writes',
    help: 'Writes that wait for a commit.',
    registers: [this.registry],
  });

  readonly writeWait = new Histogram({
    name: 'chat_write_wait_seconds',
    help: 'How long the first of those that left the queue together had waited: for their commit, or to be refused.',
    labelNames: ['outcome'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10],
    registers: [this.registry],
  });

  readonly refusedWrites = new Counter({
    name: 'chat_refused_writes_total',
    help: 'Writes that were refused because too many waited, they had waited too long, or a store could not take them.',
    labelNames: ['reason'] as const,
    registers: [this.registry],
  });

  readonly frames = new Counter({
    name: 'chat_frames_received_total',
    help: 'Frames received on sockets by transport and type.',
    labelNames: ['transport', 'type'] as const,
    registers: [this.registry],
  });

  readonly deliveries = new Counter({
    name: 'chat_deliveries_total',
    help: 'Frames handed to sockets by transport.',
    labelNames: ['transport'] as const,
    registers: [this.registry],
  });

  readonly connections = new Gauge({
    name: 'chat_connections',
    help: 'Open sockets by transport.',
    labelNames: ['transport'] as const,
    registers: [this.registry],
  });

  readonly waitingNewcomers = new Gauge({
    name: 'chat_waiting_newcomers',
    help: 'Connections, upgrades, log-ins of sockets and requests that wait for their turn to begin.',
    labelNames: ['kind'] as const,
    registers: [this.registry],
  });

  readonly refusedNewcomers = new Counter({
    name: 'chat_refused_newcomers_total',
    help: 'Connections, upgrades, log-ins of sockets and requests that were refused because too many waited to begin.',
    labelNames: ['kind'] as const,
    registers: [this.registry],
  });

  readonly slowReaders = new Counter({
    name: 'chat_slow_readers_total',
    help: 'Sockets that were closed because their client read too slowly.',
    labelNames: ['transport'] as const,
    registers: [this.registry],
  });

  readonly lostLogLines = new Counter({
    name: 'chat_lost_log_lines_total',
    help: 'Log lines that were not written, because whoever reads the log did not keep up.',
    registers: [this.registry],
  });

  readonly danglingBodies = new Counter({
    name: 'chat_dangling_bodies_total',
    help: 'Messages whose body was not found: each one is an alarm.',
    registers: [this.registry],
  });

  readonly busUp = new Gauge({
    name: 'chat_bus_up',
    help: 'Whether this node and the others hear each other: 1, or 0. Always 1 for a single node.',
    registers: [this.registry],
  });

  readonly busDropped = new Counter({
    name: 'chat_bus_dropped_events_total',
    help: 'Events that other nodes may not have got, because Redis was lost or too slow. They read the changes from the database.',
    registers: [this.registry],
  });

  readonly refetchedChanges = new Counter({
    name: 'chat_refetched_changes_total',
    help: 'Changes that the bus did not bring to sockets of this node and that were read from the database.',
    registers: [this.registry],
  });

  constructor() {
    this.busUp.set(1);
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: LOOP_SAMPLE_MS });
  }
}
