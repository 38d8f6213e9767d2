"""Items become identities with versions; what the bank had becomes the first, approved version of each item."""

import django.db.models.deletion
import itembank.states
from datetime import UTC, datetime
from decimal import Decimal
from django.db import migrations, models

from itembank.versions import search_text, version_sha256


def take_over(apps, schema_editor):
    """A version, key and standing for every item that was there, and a pool for every level."""
    get = lambda name: apps.get_model("itembank", name)
    now = datetime.now(UTC)
    for item in get("Item").objects.select_related("key"):
        pool, _ = get("Pool").objects.get_or_create(
            code=f"L{item.level}", defaults={"name": LEVELS[item.level], "level": item.level}
        )
        key = {"correct": item.key.correct}
        version = get("ItemVersion").objects.create(
            item=item, number=1, type=item.type, content=item.content, knowledge_point=item.knowledge_point,
            difficulty=item.difficulty, text=search_text(item.content), author="system:0",
            sha256=version_sha256(item.type, item.content, key), created_at=now,
        )
        get("VersionKey").objects.create(version=version, key=key, explanation=item.key.explanation)
        get("VersionStanding").objects.create(version=version, state="approved", round=1, changed_at=now)
        item.pool, item.latest, item.approved = pool, version, version
        item.save()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the changes below would wait for these rows


LEVELS = {1: "一级", 2: "二级", 3: "三级", 4: "四级", 5: "五级"}


class Migration(migrations.Migration):

    dependencies = [
        ('itembank', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Media',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.PositiveBigIntegerField()),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('level', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('reviewer', models.CharField(max_length=80)),
                ('decision', models.CharField(max_length=12)),
                ('comment', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Stimulus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='VersionFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('candidates', models.PositiveIntegerField()),
                ('facility', models.FloatField(null=True)),
                ('discrimination', models.FloatField(null=True)),
                ('flags', models.JSONField(default=list)),
                ('figures', models.JSONField(default=dict)),
                ('computed_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VersionKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.JSONField()),
                ('explanation', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VersionStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default=itembank.states.VersionState['DRAFT'], max_length=12)),
                ('round', models.PositiveSmallIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='state',
            field=models.CharField(default=itembank.states.ItemState['ACTIVE'], max_length=12),
        ),
        migrations.CreateModel(
            name='EnemyGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('created_by', models.CharField(max_length=80)),
                ('created_at', models.DateTimeField()),
                ('items', models.ManyToManyField(related_name='enemy_groups', to='itembank.item')),
            ],
        ),
        migrations.CreateModel(
            name='ItemVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('type', models.CharField(max_length=16)),
                ('content', models.JSONField()),
                ('points', models.DecimalField(decimal_places=2, default=Decimal('1'), max_digits=6)),
                ('knowledge_point', models.CharField(blank=True, max_length=80)),
                ('direction', models.CharField(blank=True, max_length=80)),
                ('difficulty', models.FloatField(default=0.5)),
                ('attributes', models.JSONField(default=dict)),
                ('text', models.TextField(blank=True)),
                ('author', models.CharField(max_length=80)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('sha256', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='itembank.item')),
                ('media', models.ManyToManyField(related_name='versions', to='itembank.media')),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='approved',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='itembank.itemversion'),
        ),
        migrations.AddField(
            model_name='item',
            name='latest',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='itembank.itemversion'),
        ),
        migrations.CreateModel(
            name='PaperUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='itembank.paper')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='itembank.itemversion')),
            ],
        ),
        migrations.CreateModel(
            name='Exposure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('candidates', models.PositiveIntegerField()),
                ('use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exposures', to='itembank.paperuse')),
            ],
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('state', models.CharField(default=itembank.states.ImportState['OFFERED'], max_length=12)),
                ('uploaded_by', models.CharField(max_length=80)),
                ('uploaded_at', models.DateTimeField()),
                ('seen', models.CharField(blank=True, max_length=64)),
                ('summary', models.JSONField(default=dict)),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='itembank.pool')),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='pool',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='itembank.pool'),
        ),
        migrations.AddField(
            model_name='review',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='itembank.itemversion'),
        ),
        migrations.AddConstraint(
            model_name='stimulus',
            constraint=models.UniqueConstraint(fields=('code', 'number'), name='stimulus_number_once'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='stimulus',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='itembank.stimulus'),
        ),
        migrations.AddField(
            model_name='versionfigures',
            name='use',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='itembank.paperuse'),
        ),
        migrations.AddField(
            model_name='versionkey',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='key', to='itembank.itemversion'),
        ),
        migrations.AddField(
            model_name='versionstanding',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='standing', to='itembank.itemversion'),
        ),
        migrations.AddConstraint(
            model_name='paperuse',
            constraint=models.UniqueConstraint(fields=('version', 'paper'), name='version_once_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='exposure',
            constraint=models.UniqueConstraint(fields=('use', 'day'), name='exposure_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('version', 'round', 'reviewer'), name='one_review_a_person_and_round'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='item_version_number_once'),
        ),
        migrations.AddIndex(
            model_name='versionstanding',
            index=models.Index(fields=['state', 'changed_at'], name='itembank_ve_state_28ece0_idx'),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='item',
            name='pool',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='itembank.pool'),
        ),
        migrations.RemoveField(
            model_name='itemkey',
            name='item',
        ),
        migrations.RemoveField(
            model_name='item',
            name='content',
        ),
        migrations.RemoveField(
            model_name='item',
            name='difficulty',
        ),
        migrations.RemoveField(
            model_name='item',
            name='knowledge_point',
        ),
        migrations.RemoveField(
            model_name='item',
            name='type',
        ),
        migrations.DeleteModel(
            name='ItemKey',
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['pool', 'code'], name='itembank_it_pool_id_378678_idx'),
        ),
    ]
