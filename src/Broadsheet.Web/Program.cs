using Broadsheet.Web.Hosting.Commands;

return await CommandLine.RunAsync(
    args, ServeCommand.Create(), DemoCommand.Create(), ImportCommand.Create(), PersonCommand.Create(), BackupCommands.Backup(), BackupCommands.Restore(), SpamCommand.Create());
