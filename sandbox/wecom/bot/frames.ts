/** Frames of the AI bot's long connection: JSON with a command, a request id and a body; answers carry no command. */
import { asObject, type JsonObject } from '../../platform/json.ts';

export interface Frame {
  readonly cmd: string;
  readonly reqId: string;
  readonly body: JsonObject;
}

/** What a command is answered with. */
export interface Ack {
  readonly errcode: number;
  readonly errmsg: string;
  readonly body?: JsonObject;
}

export const accepted = (body?: JsonObject): Ack => ({ errcode: 0, errmsg: 'ok', ...(body && { body }) });

export const refused = (errcode: number, errmsg: string): Ack => ({ errcode, errmsg });

export const writeAck = (reqId: string, ack: Ack): string => JSON.stringify({ headers: { req_id: reqId }, ...ack });

export const writeFrame = ({ cmd, reqId, body }: Frame): string =>
  JSON.stringify({ cmd, headers: { req_id: reqId }, body });

/** Reads a frame; null when the bytes are not one. */
export function readFrame(data: Buffer): Frame | null {
  try {
    const frame = asObject(JSON.parse(data.toString('utf8')));
    const reqId = asObject(frame?.headers)?.req_id;
    if (typeof frame?.cmd !== 'string' || typeof reqId !== 'string') return null;
    return { cmd: frame.cmd, reqId, body: asObject(frame.body) ?? {} };
  } catch {
    return null;
  }
}
