import type { TestFile } from './uploads';

/** Recordings without a sound or a picture in them: what is around it is as it should be. */

const RATE = 8000;

export function wav(seconds: number): TestFile {
  const data = Buffer.alloc(seconds * RATE * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.set([1, 0, 1, 0], 20);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.set([2, 0, 16, 0], 32);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return { name: 'voice.wav', bytes: Buffer.concat([head, data]) };
}

/** Frames of 1,152 samples at 44.1 kHz and 128 kbit/s, which have 417 bytes. */
export function mp3(frames: number): TestFile {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return { name: 'voice.mp3', bytes: Buffer.concat(Array.from({ length: frames }, () => frame)) };
}

/** As phones record it: of boxes, the first of which names the kind. */
export function mp4(brand: 'M4A ' | 'isom' | 'qt  ', seconds: number, ...more: Buffer[]): TestFile {
  const head = Buffer.alloc(24);
  head.writeUInt32BE(1000, 12);
  head.writeUInt32BE(seconds * 1000, 16);
  const handler = Buffer.alloc(25);
  handler.write(brand === 'M4A ' ? 'soun' : 'vide', 8, 'latin1');
  const track = box('trak', box('tkhd', Buffer.alloc(84)), box('mdia', box('mdhd', head), box('hdlr', handler)));
  const moov = box('moov', box('mvhd', Buffer.alloc(100)), track, ...more);
  return {
    name: 'clip.mp4',
    bytes: Buffer.concat([box('ftyp', brand, Buffer.alloc(4), brand), moov, box('mdat', 'sounds')]),
  };
}

export function box(type: string, ...content: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Opus in Ogg, as browsers and messengers record voices: the last page says how many samples (of 48,000 a second) there were. */
export function opus(seconds: number): TestFile {
  const head = Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1');
  const tags = Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1');
  const pages = [
    page(0, 2, 0, head),
    page(1, 0, 0, tags),
    page(2, 4, seconds * 48_000, Buffer.from([0xf8, 0xff, 0xfe])),
  ];
  return { name: 'voice.ogg', bytes: Buffer.concat(pages) };
}

function page(sequence: number, flags: number, samples: number, content: Buffer): Buffer {
  const head = Buffer.alloc(28);
  head.write('OggS', 0, 'latin1');
  head[5] = flags;
  head.writeBigUInt64LE(BigInt(samples), 6);
  head.writeUInt32LE(1, 14);
  head.writeUInt32LE(sequence, 18);
  head.set([1, content.length], 26);
  return Buffer.concat([head, content]);
}

export function webm(seconds: number): TestFile {
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(seconds * 1000);
  const info = element('1549a966', element('2ad7b1', Buffer.from('0f4240', 'hex')), element('4489', duration));
  const bytes = Buffer.concat([element('1a45dfa3', element('4282', Buffer.from('webm'))), element('18538067', info)]);
  return { name: 'clip.webm', bytes };
}

function element(id: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x80 | body.length]), body]);
}
