/**
 * The messages of the server's HTTP interface, version 1, as `api.ts` gives them to the page.
 *
 * Names are those of the contract, in its spelling, so that a message can be laid beside the OpenAPI document.
 * Times are RFC 3339 texts in UTC, lengths of time are seconds, coordinates are per cent of the upright image.
 */

export type Role = 'annotator' | 'reviewer' | 'operator';
export type Kind = 'cap' | 'points' | 'not-present' | 'verify-points' | 'verify-count';
export const KINDS: readonly Kind[] = ['cap', 'points', 'not-present', 'verify-points', 'verify-count'];

/** A page of a list; `cursor` asks for the next one. */
export interface Page<T> {
  items: T[];
  cursor: string | null;
}

export interface Hello {
  campaign: string;
  title?: string | null;
  page_build: string;
  languages: string[];
  signed_in: boolean;
  oidc: boolean | null;
}

export interface Invitation {
  role: Role;
  expires_at: string;
}

export interface GivenConsent {
  version: string;
  scopes: string[];
  given_at: string;
}

export interface Me {
  person: string;
  login: string;
  roles: Role[];
  csrf: string;
  language: string;
  status: 'active' | 'held' | 'blocked' | 'erased';
  consent: GivenConsent | null;
  consent_wanted: boolean;
  currency: string;
}

export interface ConsentScope {
  name: string;
  required: boolean;
  text: string;
}

export interface ConsentText {
  version: string;
  title: string;
  text: string;
  scopes: ConsentScope[];
  given: GivenConsent | null;
}

export interface Pay {
  per_task_minor: number;
  per_minute_minor: number;
  currency: string;
}

export interface CapLimits {
  voiced_secs_min: number;
  retakes_max: number;
  duration_secs_max: number;
  correction: 'off' | 'optional' | 'required';
}

export interface PointLimits {
  labels_max: number;
  points_max: number;
  /** Two points of one label closer than this share of the diagonal, in per cent, must be confirmed. */
  close_percent: number;
  label_chars_max: number;
}

export type Limits = Partial<CapLimits & PointLimits>;

export interface WorkKind {
  kind: Kind;
  open: number;
  paused: boolean;
  quota_left: number | null;
  mine_today: number;
  pay: Pay;
  limits: Limits;
}

export type WhyNone = 'nothing_left' | 'quota' | 'held' | 'paused' | 'consent';

export interface Image {
  sha256: string;
  url: string;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface LabelPoints {
  label: string;
  points: Point[];
  all_marked: boolean;
  close_confirmed?: boolean;
}

export interface CapPayload {
  phase: 'several' | 'single';
  aspects: string[];
}
export interface PointsPayload {
  method: 'pointing' | 'counting';
  label?: string | null;
}
export interface NotPresentPayload {
  label: string;
  source: 'attribute_swap' | 'co_occurring' | 'similar_image';
}
export interface VerifyPointsPayload {
  label: string;
  points: Point[];
  of?: string;
}
export interface VerifyCountPayload {
  label: string;
}
export type Payload = CapPayload | PointsPayload | NotPresentPayload | VerifyPointsPayload | VerifyCountPayload;

export interface CapAnswer {
  take: string;
  corrected?: string;
}
export interface PointsAnswer {
  labels: LabelPoints[];
}
export interface NotPresentAnswer {
  verdict: 'absent' | 'present' | 'unsure';
  points?: Point[];
}
export interface VerifyPointsAnswer {
  verdict: 'accept' | 'fix' | 'reject';
  points?: Point[];
  reason?: string;
}
export interface VerifyCountAnswer {
  count: number;
  tally: Point[];
}
export type Answer = CapAnswer | PointsAnswer | NotPresentAnswer | VerifyPointsAnswer | VerifyCountAnswer;

export interface Draft {
  revision: number;
  answer: unknown;
}

export interface Assignment {
  id: string;
  task: number | string;
  kind: Kind;
  lease_until: string;
  lease_secs: number;
  image: Image;
  payload: Payload;
  limits: Limits;
  draft: Draft | null;
  returned: { comment: string; reasons: string[] } | null;
  takes: Take[];
}

export type TakeStatus = 'granted' | 'recording' | 'finished' | 'discarded' | 'failed';

export interface Measures {
  duration_secs: number;
  voiced_secs: number;
  level_dbfs: number | null;
  clipping_ratio: number;
  snr_db: number | null;
}

export interface Word {
  word: string;
  from_secs: number;
  to_secs: number;
  confidence: number | null;
}

export interface Transcript {
  status: 'waiting' | 'ready' | 'failed' | 'none';
  raw: { text: string; words: Word[] } | null;
  corrected: string | null;
}

export interface Problem {
  code: string;
  message: string;
}

export interface Take {
  take: string;
  status: TakeStatus;
  media_type: string;
  pieces: number;
  bytes: number;
  chain?: string | null;
  sha256?: string | null;
  measures: Measures | null;
  late: boolean;
  problems: Problem[];
  transcript: Transcript | null;
}

export interface GrantedTake extends Take {
  nonce: string;
  expires_at: string;
  piece_ms: number;
}

export interface Summary {
  active_secs_today: number;
  active_secs_total: number;
  by_kind: { kind: Kind; submitted: number; approved: number; returned: number; rejected: number }[];
  pay: { currency: string; periods: { period: string; minor: number; paid: boolean }[]; open_minor: number };
  quality: { kind: Kind; score: number | null; of: number; held: boolean }[];
}

export interface Item {
  assignment: string;
  kind: Kind;
  image: string;
  status: string;
  submitted_at: string | null;
  active_secs: number;
  pay_minor: number | null;
  comment: string | null;
}

export interface Signal {
  name: string;
  value: number | string | null;
  wanted: string | number | null;
}

export interface Review {
  reviewer: string;
  decision: Decision;
  reasons: string[];
  comment: string | null;
  at: string;
}

export type Decision = 'approve' | 'return' | 'reject';

export interface ReviewItem {
  assignment: string;
  kind: Kind;
  person: string;
  image: Image;
  payload: Payload;
  answer: unknown;
  take: Take | null;
  signals: Signal[];
  history: Review[];
}
