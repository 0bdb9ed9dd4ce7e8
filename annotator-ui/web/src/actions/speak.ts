/** What can be done with the recorder. */

import type { Speaker } from '../recorder/speaker.svelte';
import type { Action } from './action';

export interface SpeakContext {
  speaker: Speaker;
  listen: () => void;
}

export const SPEAK_ACTIONS: readonly Action<SpeakContext>[] = [
  { id: 'open', label: 'action.open', keys: ['M'], when: ({ speaker }) => speaker.allows('open'), run: ({ speaker }) => speaker.send('open'), undo: 'none' },
  { id: 'start', label: 'action.start', keys: ['R'], when: ({ speaker }) => speaker.allows('start'), run: ({ speaker }) => speaker.send('start'), undo: 'asks' },
  {
    id: 'pause',
    label: 'action.pause',
    keys: ['P'],
    when: ({ speaker }) => speaker.allows('pause') || speaker.allows('resume'),
    run: ({ speaker }) => speaker.send(speaker.state === 'paused' ? 'resume' : 'pause'),
    undo: 'none',
  },
  { id: 'stop', label: 'action.stop', keys: ['S'], when: ({ speaker }) => speaker.allows('stop'), run: ({ speaker }) => speaker.send('stop'), undo: 'asks' },
  { id: 'listen', label: 'action.listen', keys: ['L'], when: ({ speaker }) => speaker.audio !== null, run: ({ listen }) => listen(), undo: 'none' },
  { id: 'keep', label: 'action.keep', keys: ['K'], when: ({ speaker }) => speaker.allows('keep'), run: ({ speaker }) => speaker.send('keep'), undo: 'asks' },
  { id: 'retake', label: 'action.retake', keys: ['T'], when: ({ speaker }) => speaker.allows('retake'), run: ({ speaker }) => speaker.send('retake'), undo: 'asks' },
];
