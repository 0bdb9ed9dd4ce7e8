/** The microphone of the browser: asking for it, hearing its level, recording it in pieces. */

import { FRAME_SECS, type Heard } from './voice';
import type { Failure } from './machine';
import meterUrl from './meter.worklet.ts?worker&url';

/** Containers the server takes, in the order of preference; browsers differ in which of them they write. */
const MEDIA_TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=mp4a.40.2', 'audio/mp4'];
const BITS_PER_SECOND = 32_000;

export class MicrophoneError extends Error {
  constructor(readonly failure: Failure) {
    super(failure);
    this.name = 'MicrophoneError';
  }
}

/** What a browser's refusal means, in our words. */
export function failureOf(error: unknown): Failure {
  const name = (error as { name?: string } | null)?.name ?? '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'no_permission';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no_microphone';
    case 'NotReadableError':
    case 'AbortError':
      return 'microphone_busy';
    default:
      return 'no_support';
  }
}

/** The container in which this browser records; `null` when it can do none that the server takes. */
export function mediaType(): string | null {
  if (typeof MediaRecorder === 'undefined') return null;
  return MEDIA_TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

export interface Device {
  id: string;
  name: string;
}

/** The microphones there are. Their names are empty until one of them was allowed. */
export async function devices(): Promise<Device[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all
    .filter((device) => device.kind === 'audioinput' && device.deviceId !== '')
    .map((device) => ({ id: device.deviceId, name: device.label }));
}

const CHOSEN = 'microphone';

export function chosenDevice(): string | null {
  return localStorage.getItem(CHOSEN);
}

export function chooseDevice(id: string): void {
  localStorage.setItem(CHOSEN, id);
}

const CHECKED = 'microphone_checked';

/** Whether a person has tried their microphone in this browser. */
export function isChecked(): boolean {
  return localStorage.getItem(CHECKED) === 'yes';
}

export function setChecked(): void {
  localStorage.setItem(CHECKED, 'yes');
}

export class Microphone {
  private constructor(
    private readonly stream: MediaStream,
    private readonly audio: AudioContext,
    private readonly meter: AudioWorkletNode,
  ) {}

  /** Asks for the microphone; throws a `MicrophoneError`. `lost` is called when it goes away later. */
  static async open(lost: (failure: Failure) => void): Promise<Microphone> {
    if (!navigator.mediaDevices?.getUserMedia || mediaType() === null || typeof AudioContext === 'undefined') {
      throw new MicrophoneError('no_support');
    }
    const wanted = chosenDevice();
    const sound: MediaTrackConstraints = {
      channelCount: 1,
      // What a person says is kept as it sounded; only the loudness is helped.
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: true,
    };
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: wanted ? { ...sound, deviceId: { ideal: wanted } } : sound,
      });
    } catch (error) {
      throw new MicrophoneError(failureOf(error));
    }
    try {
      const audio = new AudioContext();
      await audio.audioWorklet.addModule(meterUrl);
      const meter = new AudioWorkletNode(audio, 'pixmo-meter', {
        numberOfInputs: 1,
        numberOfOutputs: 1,
        processorOptions: { frame_secs: FRAME_SECS },
      });
      audio.createMediaStreamSource(stream).connect(meter);
      // Browsers run only what leads somewhere; the meter gives silence.
      meter.connect(audio.destination);
      for (const track of stream.getAudioTracks()) track.onended = () => lost('microphone_lost');
      if (audio.state === 'suspended') await audio.resume();
      return new Microphone(stream, audio, meter);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      // The microphone itself was there: it is the browser that cannot measure or record it.
      throw error instanceof MicrophoneError ? error : new MicrophoneError('no_support');
    }
  }

  get deviceId(): string | null {
    return this.stream.getAudioTracks()[0]?.getSettings().deviceId ?? null;
  }

  get name(): string {
    return this.stream.getAudioTracks()[0]?.label ?? '';
  }

  /** Hears every frame from now on; a second call takes the place of the first. */
  listen(heard: (frame: Heard) => void): void {
    this.meter.port.onmessage = (event: MessageEvent<{ level_db: number; peak: number }>) => {
      heard({ ...event.data, voice: false });
    };
  }

  close(): void {
    this.meter.port.onmessage = null;
    for (const track of this.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    void this.audio.close();
  }

  record(piece_ms: number, piece: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>): Recording {
    return new Recording(this.stream, piece_ms, piece);
  }
}

/** A recording that runs. Pieces come in order, each handled before the next. */
export class Recording {
  private readonly recorder: MediaRecorder;
  private handled: Promise<void> = Promise.resolve();
  private readonly ended: Promise<void>;
  /** The first error of handling a piece. */
  error: unknown = null;

  constructor(stream: MediaStream, piece_ms: number, piece: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>) {
    const type = mediaType();
    this.recorder = new MediaRecorder(stream, {
      ...(type ? { mimeType: type } : {}),
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.recorder.ondataavailable = (event) => {
      if (event.data.size === 0) return;
      this.handled = this.handled
        .then(async () => piece(new Uint8Array(await event.data.arrayBuffer())))
        .catch((error: unknown) => {
          this.error ??= error;
        });
    };
    this.ended = new Promise((resolve) => {
      this.recorder.onstop = () => resolve();
    });
    this.recorder.start(piece_ms);
  }

  pause(): void {
    if (this.recorder.state === 'recording') {
      this.recorder.requestData();
      this.recorder.pause();
    }
  }

  resume(): void {
    if (this.recorder.state === 'paused') this.recorder.resume();
  }

  /** Ends the recording; resolves when its last piece was handled. */
  async stop(): Promise<void> {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    await this.ended;
    await this.handled;
  }
}
