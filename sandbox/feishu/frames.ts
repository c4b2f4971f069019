/** The binary frame of the long connection (protobuf package pbbp2), written and read with a schema of our own. */
import protobuf from 'protobufjs';

export const METHOD_CONTROL = 0;
export const METHOD_DATA = 1;

export interface Frame {
  readonly service: number;
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

const schema = `
syntax = "proto2";
package pbbp2;
message Header { required string key = 1; required string value = 2; }
message Frame {
  required uint64 SeqID = 1;
  required uint64 LogID = 2;
  required int32 service = 3;
  required int32 method = 4;
  repeated Header headers = 5;
  optional string payload_encoding = 6;
  optional string payload_type = 7;
  optional bytes payload = 8;
  optional string LogIDNew = 9;
}`;

const wire = protobuf.parse(schema, { keepCase: true }).root.lookupType('pbbp2.Frame');

interface WireFrame {
  service: number;
  method: number;
  headers?: { key: string; value: string }[];
  payload?: Uint8Array;
}

export function encodeFrame(frame: Frame): Uint8Array {
  const headers = Object.entries(frame.headers).map(([key, value]) => ({ key, value }));
  return wire.encode({ SeqID: 0, LogID: 0, ...frame, headers }).finish();
}

/** Reads a frame; throws when the bytes are not one. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const frame = wire.decode(bytes) as unknown as WireFrame;
  return {
    service: frame.service,
    method: frame.method,
    headers: Object.fromEntries((frame.headers ?? []).map((header) => [header.key, header.value])),
    payload: Buffer.from(frame.payload ?? []),
  };
}

/** Cuts a payload into `count` frames' worth of bytes, without regard for characters: the platform cuts bytes. */
export function cutIntoFragments(payload: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(payload.length / count));
  const parts: Buffer[] = [];
  for (let start = 0; start < payload.length; start += size) parts.push(payload.subarray(start, start + size));
  return parts;
}
