import { describe, expect, it } from '@jest/globals';
import { folded, given, morning, planned, room, scheduled, session, simba, talk, tembo } from './arusha.js';

const reading = (kind: 'Room' | 'Track') => (kind === 'Room' ? 'room' : 'track');
const track = (id: string, colour?: string) => ({ type: 'TrackAdded', data: { track: id, name: { en: id }, ...(colour && { colour }) } }) as const;
const inTrack = (id: string) => ({ ...session(id), data: { ...session(id).data, track: 'justice' } });

describe('a room', () => {
  const add = { type: 'AddRoom', data: { room: 'simba', name: 'simba', capacity: 200 } } as const;
  const remove = { type: 'RemoveRoom', data: { room: 'simba' } } as const;
  const change = (to: object) => ({ type: 'ChangeRoom', data: { room: 'simba', to } }) as const;

  it('is added, and added again changes nothing', () => {
    given(planned).when(add).then(simba);
    given(planned, simba).when(add).nothing();
  });
  it('has an id of its own', () => {
    given(planned, simba).when({ ...add, data: { ...add.data, capacity: 100 } }).refused('room-exists', { room: 'simba' });
    given(planned, simba).when({ ...add, data: { ...add.data, room: 'constructor' } }).then({ type: 'RoomAdded', data: { ...simba.data, room: 'constructor' } });
  });
  it('changes in what differs', () => {
    given(planned, simba).when(change({ name: 'Lion', capacity: 200 })).then({ type: 'RoomChanged', data: { room: 'simba', from: { name: { en: 'simba' } }, to: { name: { en: 'Lion' } } } });
    given(planned, simba).when(change({ capacity: null })).then({ type: 'RoomChanged', data: { room: 'simba', from: { capacity: 200 }, to: { capacity: null } } });
    given(planned, simba).when(change({ capacity: 200, description: null })).nothing();
  });
  it('that is not there is not changed', () => given(planned, tembo).when(change({ capacity: 1 })).refused('unknown-room', { room: 'simba' }));
  it('keeps what it has and loses what is null', () =>
    expect(folded(planned, simba, { type: 'RoomChanged', data: { room: 'simba', from: { capacity: 200 }, to: { capacity: null } } }).rooms.get('simba'))
      .toEqual({ name: { en: 'simba' }, revision: 2 }));
  it('is removed when nothing takes place there', () =>
    given(planned, simba, talk).when(remove).then({ type: 'RoomRemoved', data: { room: 'simba', from: { name: { en: 'simba' }, capacity: 200 } } }));
  it('in use is not removed: its sessions are named, those too that are cancelled', () =>
    given(planned, simba, talk, session('dinner'), session('walk'), scheduled('talk', morning), scheduled('dinner', { ...morning, start: '2013-05-27T19:00+03:00', end: '2013-05-27T21:00+03:00' }),
      { type: 'SessionCancelled', data: { session: 'dinner' } })
      .when(remove).refused('room-in-use', { room: 'simba', sessions: ['talk', 'dinner'] }));
});

describe('a track', () => {
  const add = { type: 'AddTrack', data: { track: 'justice', name: 'justice', colour: '#204a87' } } as const;
  const remove = { type: 'RemoveTrack', data: { track: 'justice' } } as const;
  const justice = track('justice', '#204a87');

  it('is added, and added again changes nothing', () => {
    given(planned).when(add).then(justice);
    given(planned, justice).when(add).nothing();
  });
  it('has an id of its own', () => given(planned, justice).when({ ...add, data: { track: 'justice', name: 'Law' } }).refused('track-exists', { track: 'justice' }));
  it('changes in what differs', () => {
    given(planned, justice).when({ type: 'ChangeTrack', data: { track: 'justice', to: { colour: '#000000' } } })
      .then({ type: 'TrackChanged', data: { track: 'justice', from: { colour: '#204a87' }, to: { colour: '#000000' } } });
    given(planned, justice).when({ type: 'ChangeTrack', data: { track: 'justice', to: { name: 'justice' } } }).nothing();
    given(planned).when({ type: 'ChangeTrack', data: { track: 'justice', to: {} } }).refused('unknown-track', { track: 'justice' });
  });
  it('is removed when nothing belongs to it', () =>
    given(planned, justice, talk).when(remove).then({ type: 'TrackRemoved', data: { track: 'justice', from: { name: { en: 'justice' }, colour: '#204a87' } } }));
  it('in use is not removed: its sessions are named', () =>
    given(planned, justice, talk, inTrack('law'), inTrack('peace')).when(remove).refused('track-in-use', { track: 'justice', sessions: ['law', 'peace'] }));
});

describe.each(['Room', 'Track'] as const)('the order of %ss', (kind) => {
  const things = kind === 'Room' ? [room('a'), room('b'), room('constructor')] : [track('a'), track('b'), track('constructor')];
  const reorder = (...order: string[]) => ({ type: kind === 'Room' ? 'ReorderRooms' : 'ReorderTracks', data: { order } }) as const;
  const reordered = { type: kind === 'Room' ? 'RoomsReordered' : 'TracksReordered', data: { from: ['a', 'b', 'constructor'], to: ['constructor', 'a', 'b'] } } as const;

  it('names all', () => given(planned, ...things).when(reorder('constructor', 'a', 'b')).then(reordered));
  it('that it has changes nothing', () => given(planned, ...things).when(reorder('a', 'b', 'constructor')).nothing());
  it.each([[['a', 'b']], [['a', 'b', 'b']], [['a', 'b', 'constructor', 'd']]])('is not %p', (order) =>
    given(planned, ...things).when(reorder(...order)).refused('order-incomplete', { expected: ['a', 'b', 'constructor'] }));
  it('is that of the agenda', () => expect([...folded(planned, ...things, reordered)[`${reading(kind)}s`].keys()]).toEqual(['constructor', 'a', 'b']));
});
