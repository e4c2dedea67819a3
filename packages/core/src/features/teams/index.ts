export { addTeam, createTeam, membersChanged, updateTeam } from './actions.js';
export { findTeam, listTeamIds, listTeams, lockTeams, teamExists } from './repository.js';
export { NewTeam, Team, TeamPatch } from './schema.js';
