/** The messages of the operator's part of the interface. */

import type { Image, Review } from '../types';

export interface Progress {
  at: string;
  currency: string;
  kinds: KindProgress[];
  cost_minor: number;
  jobs: { waiting: number; oldest_at: string | null };
  people_active: number;
}

export interface KindProgress {
  kind: string;
  paused: boolean;
  tasks: number;
  open: number;
  complete: number;
  leased: number;
  submitted: number;
  review_oldest_at: string | null;
  approved: number;
  returned: number;
  rejected: number;
  skipped: number;
  active_secs: number;
  last_day: number;
  last_hour: number;
  cost_minor: number;
  forecast_minor: number | null;
  forecast_days: number | null;
}

export interface Person {
  person: string;
  login: string | null;
  roles: string[];
  status: string;
  created_at: string;
  answers: number;
  active_secs: number;
  last_at: string | null;
  note: string;
}

export interface Quality {
  person: string;
  kind: string;
  score: number;
  of: number;
  held: boolean;
  updated_at: string;
}

export interface PayReport {
  period: string;
  currency: string;
  people: {
    person: string;
    login: string | null;
    tasks: number;
    active_secs: number;
    work_minor: number;
    adjustments_minor: number;
    minor: number;
    paid_at: string | null;
  }[];
  minor: number;
}

export interface TaskRow {
  task: number;
  kind: string;
  image: string;
  payload: unknown;
  priority: number;
  overlap: number;
  leased: number;
  kept: number;
  open: boolean;
  paused: boolean;
  gold: boolean;
  created_at: string;
}

export interface EventRow {
  id: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: unknown;
}

export interface TaskDetail {
  task: TaskRow;
  image: Image;
  assignments: {
    assignment: string;
    person: string;
    status: string;
    submitted_at: string | null;
    active_secs: number;
    answer: unknown;
    skip_reason: string | null;
    gold_score: number | null;
    reviews: Review[];
    events: EventRow[];
  }[];
}

export interface Disk {
  free_bytes: number | null;
  total_bytes: number | null;
  images_bytes: number;
  images: number;
  takes_bytes: number;
  takes: number;
}

export interface InvitationRow {
  id: string;
  role: string;
  expires_at: string;
  used_at: string | null;
  used_by: string | null;
}

export interface TokenRow {
  id: string;
  name: string;
  scope: string;
  created_at: string;
  last_used_at: string | null;
}

export interface ExportRow {
  at: string;
  status: string;
  kinds: { kind: string; lines: number; bytes: number; file: string | null }[];
}
