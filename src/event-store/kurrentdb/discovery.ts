import { Metadata, type ChannelCredentials } from '@grpc/grpc-js';
import { gossip, gossipService, shared, type MemberInfo } from './protocol.js';
import type { Address, Settings } from './settings.js';
import { Trouble } from './trouble.js';

/** How long one host has to say who is in the cluster, in milliseconds. */
const patience = 2_000;

/**
 * Asks the hosts who leads the cluster, those first that did not fail last.
 * @throws Trouble nobody answered, or nobody leads
 */
export const findLeader = async (settings: Settings, failed: Address | undefined): Promise<Address> => {
  const isFailed = (host: Address) => host.address === failed?.address && host.port === failed.port;
  let why = 'no host answered';
  for (const host of [...settings.hosts].sort((one, other) => Number(isFailed(one)) - Number(isFailed(other)))) {
    try {
      const leader = (await membersBy(host, settings.channel)).find((member) => member.getIsAlive() && member.getState() === gossip.MemberInfo.VNodeState.LEADER);
      const place = leader?.getHttpEndPoint();
      if (place) return { address: place.getAddress(), port: place.getPort() };
      why = 'no node leads';
    } catch (error) {
      why = error instanceof Error ? error.message : 'it cannot be read';
    }
  }
  throw new Trouble(`the leader of the cluster was not found: ${why}`, true, true);
};

const membersBy = (host: Address, channel: ChannelCredentials): Promise<MemberInfo[]> =>
  new Promise((resolve, reject) => {
    const client = new gossipService.GossipClient(`${host.address}:${host.port}`, channel);
    client.read(new shared.Empty(), new Metadata(), { deadline: Date.now() + patience }, (error, cluster) => {
      client.close();
      if (error) reject(error);
      else resolve(cluster.getMembersList());
    });
  });
