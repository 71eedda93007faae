import { Metadata, type ChannelCredentials } from '@grpc/grpc-js';
import { gossip, gossipService, shared, type MemberInfo } from './protocol.js';
import type { Address, Settings } from './settings.js';
import { Trouble, whyUnmade } from './trouble.js';

/** How long one host has to say who is in the cluster, in milliseconds. */
const patience = 2_000;

/**
 * Asks all hosts at the same time who leads the cluster. The first answer counts, unless it names the node that failed last: of that another host may
 * know better, or not yet.
 * @throws Trouble nobody answered, or nobody leads
 */
export const findLeader = async (settings: Settings, failed: Address | undefined): Promise<Address> => {
  const isFailed = ({ address, port }: Address) => address === failed?.address && port === failed.port;
  const asked = settings.hosts.map((host) => leaderBy(host, settings.channel));
  const another = asked.map(async (answer) => {
    const leader = await answer;
    if (isFailed(leader)) throw new Error('it failed');
    return leader;
  });
  try {
    return await Promise.any(another).catch(() => Promise.any(asked));
  } catch (error) {
    const why = error instanceof AggregateError ? (error.errors as unknown[]).map((each) => (each instanceof Error ? each.message : 'it cannot be read')) : [];
    throw new Trouble(`the leader of the cluster was not found: ${[...new Set(why)].join('; ')}`, true, true);
  }
};

/** Whom this host says to lead. */
const leaderBy = async (host: Address, channel: ChannelCredentials): Promise<Address> => {
  const leader = (await membersBy(host, channel)).find((member) => member.getIsAlive() && member.getState() === gossip.MemberInfo.VNodeState.LEADER);
  const place = leader?.getHttpEndPoint();
  if (!place) throw new Error('no node leads');
  return { address: place.getAddress(), port: place.getPort() };
};

const membersBy = (host: Address, channel: ChannelCredentials): Promise<MemberInfo[]> =>
  new Promise((resolve, reject) => {
    const client = new gossipService.GossipClient(`${host.address}:${host.port}`, channel);
    client.read(new shared.Empty(), new Metadata(), { deadline: Date.now() + patience }, (error, cluster) => {
      client.close();
      if (error) reject(new Error(`${host.address}:${host.port} ${whyUnmade(error)}`));
      else resolve(cluster.getMembersList());
    });
  });
