/**
 * The one place that calls the network. Every function is one request of the server's HTTP interface.
 *
 * A failed request is an `ApiError` with the server's code; a request that got no answer has status 0 and the code
 * `offline`. Changes carry the CSRF token that `/me` told; it is kept here and nowhere else.
 */

import type {
  Assignment,
  ConsentText,
  Decision,
  GrantedTake,
  Hello,
  Image,
  Invitation,
  Item,
  Kind,
  Me,
  Page,
  ReviewItem,
  Role,
  Summary,
  Take,
  WhyNone,
  WorkKind,
} from './types';
import type { Failed } from './takes/queue';

const BASE = '/api/v1';
/** A request without an answer is given up after this long; pieces and pages are small. */
const TIMEOUT_MS = 30_000;

export class ApiError extends Error implements Failed {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string | null,
    readonly retry_after_secs: number | undefined,
    readonly body: unknown,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The field of a 422 answer that is wrong. */
  get field(): string | null {
    const body = this.body as { field?: unknown } | null;
    return typeof body?.field === 'string' ? body.field : null;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Body = { json: unknown } | { bytes: Uint8Array<ArrayBuffer>; headers: Record<string, string> } | null;

let csrf: string | null = null;
let signedOut: (() => void) | null = null;

/** Calls back when the server says that nobody is signed in, although the page thought so. */
export function onSignedOut(callback: () => void): void {
  signedOut = callback;
}

interface ErrorBody {
  code?: unknown;
  message?: unknown;
  hint?: unknown;
}

/** The body of an error; `null` when a proxy answered, and the status says what there is to know. */
function parsed(text: string): ErrorBody | null {
  try {
    return JSON.parse(text) as ErrorBody | null;
  } catch {
    return null;
  }
}

async function failure(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  const body = parsed(text);
  const code = typeof body?.code === 'string' ? body.code : `http_${response.status}`;
  const message = typeof body?.message === 'string' ? body.message : `the server answered ${response.status}`;
  const hint = typeof body?.hint === 'string' ? body.hint : null;
  const after = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError(response.status, code, message, hint, Number.isFinite(after) ? after : undefined, body);
}

async function send(method: Method, path: string, body: Body, accept = 'application/json'): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept };
  if (method !== 'GET' && csrf !== null) headers['X-CSRF-Token'] = csrf;
  const init: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  if (body && 'json' in body) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(body.json);
  } else if (body) {
    headers['Content-Type'] = 'application/octet-stream';
    Object.assign(headers, body.headers);
    init.body = body.bytes;
  }
  let response: Response;
  try {
    response = await fetch(BASE + path, init);
  } catch (error) {
    throw new ApiError(0, 'offline', String(error), null, undefined, null);
  }
  if (!response.ok) {
    const failed = await failure(response);
    if (failed.status === 401 && path !== '/login' && path !== '/me') signedOut?.();
    throw failed;
  }
  return response;
}

async function ask<T>(method: Method, path: string, body: Body = null): Promise<T> {
  const response = await send(method, path, body);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new ApiError(0, 'offline', String(error), null, undefined, null);
  }
}

const get = <T>(path: string) => ask<T>('GET', path);
const post = <T>(path: string, json: unknown = {}) => ask<T>('POST', path, { json });

function query(parts: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(parts).filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (set.length === 0) return '';
  return `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`;
}

const part = encodeURIComponent;

async function remembering(asked: Promise<Me>): Promise<Me> {
  const me = await asked;
  csrf = me.csrf;
  return me;
}

// People and consent.

export const hello = () => get<Hello>('/hello');
export const invitation = (token: string) => get<Invitation>(`/invitations/${part(token)}`);
export const acceptInvitation = (token: string, login: string, password: string, language: string) =>
  remembering(post<Me>(`/invitations/${part(token)}/accept`, { login, password, language }));
export const login = (name: string, password: string) =>
  remembering(post<Me>('/login', { login: name, password }));
export const logout = () => post<void>('/logout');
export const logoutEverywhere = () => post<void>('/logout-everywhere');
export const me = () => remembering(get<Me>('/me'));
export const changeMe = (change: { language?: string; old_password?: string; new_password?: string }) =>
  remembering(ask<Me>('PATCH', '/me', { json: change }));
export const consent = () => get<ConsentText>('/consent');
export const giveConsent = (version: string, scopes: string[]) =>
  remembering(post<Me>('/consent', { version, scopes }));
export const withdrawConsent = (scopes: string[]) => remembering(post<Me>('/consent/withdraw', { scopes }));
/** Where signing in with the operator's own directory begins. */
export const OIDC_ADDRESS = `${BASE}/oidc/start`;

// Work.

export const work = () => get<{ kinds: WorkKind[] }>('/work');
export const nextWork = (kinds: Kind[]) =>
  post<{ assignment: Assignment | null; why: WhyNone | null; retry_after_secs: number | null }>('/work/next', {
    kinds,
  });
export const currentWork = () => get<{ assignments: Assignment[] }>('/work/current');
export const heartbeat = (id: string, active: boolean) =>
  post<{ lease_until: string; active_secs: number }>(`/assignments/${part(id)}/heartbeat`, { active });
export const putDraft = (id: string, revision: number, answer: unknown) =>
  ask<{ revision: number; saved_at: string }>('PUT', `/assignments/${part(id)}/draft`, {
    json: { revision, answer },
  });
export const submit = (id: string, key: string, answer: unknown) =>
  post<{ status: string; submitted_at: string }>(`/assignments/${part(id)}/submit`, { key, answer });
export const skip = (id: string, reason: string, note: string | undefined) =>
  post<void>(`/assignments/${part(id)}/skip`, note ? { reason, note } : { reason });
export const release = (id: string) => post<void>(`/assignments/${part(id)}/release`);
export const imageAddress = (image: Pick<Image, 'sha256'>) => `${BASE}/images/${part(image.sha256)}`;

// Takes.

export const beginTake = (assignment: string, media_type: string) =>
  post<GrantedTake>(`/assignments/${part(assignment)}/takes`, { media_type });
export const putPiece = (take: string, seq: number, chain: string, bytes: Uint8Array<ArrayBuffer>) =>
  ask<{ pieces: number; chain: string }>('PUT', `/takes/${part(take)}/pieces/${seq}`, {
    bytes,
    headers: { 'X-Piece-Chain': chain },
  });
export const finishTake = (take: string, pieces: number, sha256: string) =>
  post<Take>(`/takes/${part(take)}/finish`, { pieces, sha256 });
export const discardTake = (take: string) => post<void>(`/takes/${part(take)}/discard`);
export const take = (id: string) => get<Take>(`/takes/${part(id)}`);
export const takeAudioAddress = (id: string) => `${BASE}/takes/${part(id)}/audio`;
export const correctTranscript = (id: string, corrected: string) =>
  ask<Take>('PUT', `/takes/${part(id)}/transcript`, { json: { corrected } });

// A person's own page.

export const summary = () => get<Summary>('/me/summary');
export const items = (cursor: string | null) =>
  get<Page<Item>>(`/me/items${query({ cursor })}`);
export const withdrawItem = (assignment: string) => post<void>(`/me/items/${part(assignment)}/withdraw`);
export const labels = (prefix: string) => get<{ labels: string[] }>(`/me/labels${query({ prefix })}`);

// Review.

export const nextReview = (kind: Kind | null) =>
  get<{ item: ReviewItem | null; waiting: number }>(`/review/next${query({ kind })}`);
export const reviewItem = (assignment: string) => get<ReviewItem>(`/review/${part(assignment)}`);
export const decide = (assignment: string, decision: Decision, reasons: string[], comment: string) =>
  post<unknown>(`/review/${part(assignment)}`, { decision, reasons, comment });
export const reviewList = (status: string, kind: Kind | null, cursor: string | null) =>
  get<Page<ReviewListItem>>(`/review${query({ status, kind, cursor })}`);

export interface ReviewListItem {
  assignment: string;
  kind: Kind;
  person: string;
  image: string;
  status: string;
  submitted_at: string | null;
  active_secs: number;
}

// The operator's pages; their messages are in `operate/types.ts`.

export const operate = {
  get: <T>(path: string, parts: Record<string, string | number | null | undefined> = {}) =>
    get<T>(`/admin/${path}${query(parts)}`),
  post: <T>(path: string, json: unknown = {}) => post<T>(`/admin/${path}`, json),
  remove: (path: string) => ask<void>('DELETE', `/admin/${path}`),
  /** The pay report of a period as CSV. */
  payCsv: async (period: string): Promise<Blob> =>
    (await send('GET', `/admin/pay${query({ period })}`, null, 'text/csv')).blob(),
};

export type { Role };
