using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class MastodonServerTable : IEntityTypeConfiguration<MastodonServer>
{
    public void Configure(EntityTypeBuilder<MastodonServer> table)
    {
        table.ToTable("mastodon_servers");
        table.HasKey(s => s.Host);
    }
}
