import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import {
  type FoundService,
  type Register,
  readRegister,
  resolveService,
  settleService,
} from '../register/service.js';

/** The service that a row is about; remark when its name alone would not say so. */
export type RowService = { service: FoundService; remark?: string } | { problem: string };

export type Services = Register;
export const readServices: (trx: Transaction<DB>) => Promise<Services> = readRegister;

/** Finds the service of a name on a day, as that of a bundle is found. */
export async function serviceOf(
  trx: Transaction<DB>,
  services: Services,
  { name, day }: { name: string; day: string },
  { newService, synthetic }: { newService: boolean; synthetic: boolean },
): Promise<RowService> {
  const resolution = resolveService(
    services,
    {
      inspection: {
        service: newService ? { name, area: name } : name,
        synthetic,
        report: {},
        edition: '',
      },
      yaml: { problem: (_: unknown, message: string) => ({ file: '', message }) } as never,
    },
    { day, mayAdd: newService },
  );
  if ('problem' in resolution) return { problem: resolution.problem.message };
  const service = await settleService(trx, services, resolution);
  const remark = 'found' in resolution ? resolution.remark : undefined;
  return { service, ...(remark && { remark }) };
}
